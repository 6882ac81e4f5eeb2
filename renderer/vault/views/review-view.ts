// 権限の点検: the campaign of a quarter as whoever sits here may see it. Those who answer for nothing see their own rights.

import { addDays, jstDate } from '@shared/base/civil-date.ts'
import { isAdmin, isAlone } from '@shared/authority/ask.ts'
import { campaignOf, quarterOf, type Campaign, type CampaignRow, type Quarter, type Uses } from '@shared/authority/campaign.ts'
import { isAdminGrant } from '@shared/authority/grant-change.ts'
import type { Role } from '@shared/authority/model.ts'
import { anyGrant, latestReview, madeOwners, mayReview, refusalOf, reviewRulesOn } from '@shared/authority/review.ts'
import { reviewValues } from '@shared/authority/review-rules.ts'
import { rolesWithin } from '@shared/authority/reviewed.ts'
import type { ReviewRow, ReviewView } from '../../services/review-models.ts'
import type { VaultCore } from '../core.ts'
import { titleOfHandle } from './handle-title.ts'
import { namesOf } from './names.ts'

const unread: Uses = { seen: new Set(), latest: [] }

/** The quarter so many before the one of that day. */
export function quarterBack(today: string, back: number): Quarter {
  let quarter = quarterOf(today)
  for (let n = 0; n < back; n++) quarter = quarterOf(addDays(quarter.from, -1))
  return quarter
}

/** `uses`: null while it is looked through. */
export function reviewView(core: VaultCore, uses: Uses | null, back: number): ReviewView {
  const authority = core.authority()
  const { person } = core.seat
  const today = core.today()
  const campaign = campaignOf(authority, quarterBack(today, back), today, uses ?? unread)
  const admin = isAdmin(authority, person, today)
  const seen = campaign.rows.filter(({ grant }) => grant.person === person || mayReview(authority, person, grant.collection, today))
  const latest = (role: Role): string => latestReview(authority, role, today)
  return {
    back,
    fiscalYear: campaign.quarter.fiscalYear,
    quarter: campaign.quarter.n,
    from: campaign.quarter.from,
    to: campaign.quarter.to,
    coverage: campaign.coverage,
    rows: seen.map((row) => rowOf(core, campaign, row, back === 0)),
    pairs: campaign.pairs.map(({ id, reason, reasonEn }) => ({ id, reason, reasonEn })),
    unusedDays: reviewRulesOn(authority, campaign.date).unusedDays,
    rules: reviewValues(reviewRulesOn(authority, today)),
    mayChange: admin,
    alone: isAlone(authority, core.around.clock.now()),
    usesKnown: uses !== null,
    mayGive: admin && back === 0,
    mayReport: admin,
    places: [...authority.collections.values()].filter(({ id }) => core.keys.collections.includes(id) || madeOwners(authority, id, today).length > 0).map(({ id, name, nameEn }) => ({ id, name, nameEn, handedBy: core.keys.collections.includes(id) ? [] : madeOwners(authority, id, today).map(namesOf(authority).person) })),
    latest: { reader: latest('reader'), writer: latest('writer'), approver: latest('approver'), records: latest('records'), owner: latest('owner'), admin: latest('admin') },
  }
}

function rowOf(core: VaultCore, campaign: Campaign, row: CampaignRow, isOpen: boolean): ReviewRow {
  const authority = core.authority()
  const names = namesOf(authority)
  const today = core.today()
  const { grant, by, lastUsed } = row
  const place = grant.collection === null ? null : authority.collections.get(grant.collection)
  const stands = isOpen && anyGrant(authority, grant.id) !== null
  const refusal = stands ? refusalOf(authority, { grant: grant.id, reviewBy: today, reason: '' }, core.seat.person, core.around.clock.now()) : null
  return {
    grant: grant.id,
    person: grant.person,
    name: names.person(grant.person),
    place: grant.collection === null ? null : { name: place?.name ?? grant.collection, nameEn: place?.nameEn ?? grant.collection },
    document: grant.document === undefined ? null : (titleOfHandle(core, grant.document) ?? ''),
    role: grant.role,
    reason: grant.reason,
    from: grant.from,
    to: grant.to,
    reviewBy: grant.reviewBy,
    lapsesOn: row.lapsesOn,
    outcome: row.outcome,
    by: by && { name: names.person(by.person), at: jstDate(by.at), reason: by.reason },
    overdue: row.overdue,
    lastUsed: typeof lastUsed === 'number' ? jstDate(lastUsed) : (lastUsed ?? 'never'),
    unused: row.unused,
    pairs: row.pairs,
    owners: row.owners.map(names.person),
    isMine: row.owners.includes(core.seat.person),
    mayKeep: stands && refusal === null,
    mayRemove: stands && !isAdminGrant(grant) && mayReview(authority, core.seat.person, grant.collection, today),
    refusal,
    lesser: rolesWithin(grant.role),
  }
}
