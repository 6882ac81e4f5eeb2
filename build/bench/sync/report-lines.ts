// The result of the bench of sync as lines for a person. Pure.

import type { Act } from './contender.ts'
import type { TownCost } from './cost.ts'
import { seconds, wordsOf, type ActOutcome, type CellOutcome } from './outcome.ts'
import type { SyncResult } from './sync-bench.ts'

export function reportLines({ goals, ratios, cells, polls, resume, failed, cost, saved }: SyncResult): readonly string[] {
  return [
    '',
    ...cells.flatMap(cellLines),
    'saving the product’s documents (sealed, signed, forced to the medium):',
    ...Object.entries(saved).flatMap(([what, { together, alone }]) => [together, alone].map(({ documents, acts, ms, sealMs, commitMs, putMs, bytes }) => `  ${what.split(' ')[0]}, ${documents}, ${acts} to a segment: ${seconds(ms)} (sealing ${seconds(sealMs)}, gate, signature and journal ${seconds(commitMs)}, wraps and packs ${seconds(putMs)}), ${mega(bytes)}`)),
    '',
    'a poll where nothing is new, and one edit, in a process that runs on:',
    ...polls.map(({ server, objects, machines, poll, edit }) => `  ${server}, ${objects} objects, ${machines} machines: poll ${poll.requests} requests, ${poll.up + poll.down} bytes, ${poll.ms} ms; edit ${edit.requests} requests, ${edit.up + edit.down} bytes`),
    ...(resume ? ['', `killed after ${mega(resume.killedAfter)}: sends again after ${seconds(resume.goesOnAfterMs)}, at its end after ${seconds(resume.ms)}; ${mega(resume.sentAgain)} sent twice`] : []),
    '',
    'the product by its peers, same documents and line:',
    ...ratios.map(({ act, corpus, documents, delayMs, product, peer, time, requests, bytes }) => `  ${act}, ${documents} × ${corpus}${delayMs > 0 ? `, ${delayMs} ms` : ''}: ${product} by ${peer}: time × ${time}, requests × ${requests}, bytes × ${bytes}`),
    ...(cost ? ['', `cost, from measured sizes (prices of ${cost.prices.date}):`, ...cost.towns.flatMap(townLines)] : []),
    '',
    'goals:',
    ...goals.map(({ goal, measured, holds }) => `  ${holds ? 'holds' : 'MISSED'}  ${goal}: ${measured}`),
    ...failed.map((words) => `  not measured: ${words}`),
  ]
}

function cellLines({ contender, server, corpus, documents, delayMs, runs, acts }: CellOutcome): readonly string[] {
  const head = `${contender} → ${server}, ${documents} × ${corpus}${delayMs > 0 ? `, ${delayMs} ms a request` : ''}${runs > 1 ? `, median of ${runs}` : ''}`
  return [head, ...(Object.entries(acts) as [Act, ActOutcome][]).map(([act, one]) => `  ${act.padEnd(8)}${actWords(one)}`), '']
}

function actWords({ requests, verbs, up, down, ms, withinMs, cpuMs, rssMiB }: ActOutcome): string {
  return `${seconds(ms.median)}${withinMs === undefined ? '' : ` (sync ${seconds(withinMs)})`}, cpu ${seconds(cpuMs)}, ${rssMiB} MiB; ${requests} requests (${wordsOf(verbs)}), ${mega(up)} up, ${mega(down)} down`
}

function townLines({ town, documents, perDeviceDay: day, perMonth, storedBytes, newDevice }: TownCost): readonly string[] {
  return [
    `  ${town}: ${documents.toLocaleString('en-US')} documents`,
    `    a device and day: ${day.lists} LIST (${mega(day.listBytes)}), ${day.puts} PUT, ${day.gets.toLocaleString('en-US')} GET (${mega(day.getBytes)})`,
    `    a month: ${perMonth.requests.toLocaleString('en-US')} requests, $${perMonth.requestDollars}; out $${perMonth.outDollars}; storage at the end $${perMonth.storageDollarsAtEnd}; a device $${perMonth.perDevice}`,
    `    stored at the end ${(storedBytes / 1e9).toFixed(1)} GB; a new device ${(newDevice.bytes / 1e9).toFixed(1)} GB in ${newDevice.requests.toLocaleString('en-US')} requests`,
  ]
}

function mega(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
