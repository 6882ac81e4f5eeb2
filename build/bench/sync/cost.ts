// What sync costs a town: requests, bytes and the bill of a storage, computed from measured sizes. What is assumed stands here as data.

/** As measured in the bench, over S3, the dearest by request. Bytes with heads, both ways. */
export interface MeasuredSizes {
  /** One poll: fixed part, and what each machine adds to the listing. */
  readonly pollBytes: number
  readonly pollBytesPerMachine: number
  /** One edit sent, and got by one other machine. */
  readonly editPuts: number
  readonly editBytes: number
  readonly followGets: number
  readonly followBytes: number
  /** Bytes that a saved edit takes in the storage, beacon apart. */
  readonly storedPerEdit: number
  /** Requests and bytes of a machine that begins with `coldDocuments`. */
  readonly coldDocuments: number
  readonly coldRequests: number
  readonly coldBytes: number
}

/** A working day of a town office. */
export const habits = {
  pushesPerDeviceDay: 30,
  hoursPerDay: 8,
  pollSeconds: 60,
  workingDaysPerYear: 250,
  years: 5,
  documentsPerDeviceDay: 1.6,
  /** Signed pages and attachments of one document, as they lie in packs. */
  fileBytesPerDocument: 750_000,
  /** Documents of others whose pages a person opens: content comes by need. */
  opensPerDeviceDay: 7,
} as const

/** Order of magnitude of a large S3 service in Tokyo, US dollars, as known at the date. */
export const prices = {
  date: '2025-01',
  putOrListPer1000: 0.0047,
  getPer1000: 0.00037,
  gigabyteMonth: 0.025,
  gigabyteOut: 0.114,
} as const

export interface Town {
  readonly name: string
  readonly workspaces: number
  readonly devicesPerWorkspace: number
}

export const towns: readonly Town[] = [
  { name: '50 devices, 5 years', workspaces: 1, devicesPerWorkspace: 50 },
  { name: '10,000 devices in 40 workspaces, 5 years', workspaces: 40, devicesPerWorkspace: 250 },
]

export interface TownCost {
  readonly town: string
  readonly documents: number
  readonly perDeviceDay: { readonly lists: number; readonly listBytes: number; readonly puts: number; readonly gets: number; readonly getBytes: number }
  readonly perMonth: { readonly requests: number; readonly requestDollars: number; readonly outDollars: number; readonly storageDollarsAtEnd: number; readonly perDevice: number }
  /** After all years, for all workspaces. Old small parcels stay beside what they were put together into. */
  readonly storedBytes: number
  /** A machine that begins after all years: every record of its workspace, no content. */
  readonly newDevice: { readonly bytes: number; readonly requests: number }
}

const parcelBytes = 12 * 1024 * 1024
const month = 12

export function costOf(town: Town, sizes: MeasuredSizes): TownCost {
  const { workspaces, devicesPerWorkspace: peers } = town
  const devices = workspaces * peers
  const days = habits.workingDaysPerYear * habits.years
  const documents = Math.round(devices * habits.documentsPerDeviceDay * days)
  const lists = (habits.hoursPerDay * 3600) / habits.pollSeconds
  const puts = habits.pushesPerDeviceDay * sizes.editPuts
  // Each edit of each colleague is fetched alone: the most there can be. What falls into one poll comes together.
  // Of a document that is opened: the index of its parcel and its pages.
  const gets = habits.pushesPerDeviceDay * (peers - 1) * sizes.followGets + habits.opensPerDeviceDay * 2
  const listBytes = lists * (sizes.pollBytes + sizes.pollBytesPerMachine * peers)
  const getBytes = habits.pushesPerDeviceDay * (peers - 1) * sizes.followBytes + habits.opensPerDeviceDay * habits.fileBytesPerDocument
  const deviceDaysPerMonth = (devices * habits.workingDaysPerYear) / month
  const requestDollars = (deviceDaysPerMonth * ((lists + puts) * prices.putOrListPer1000 + gets * prices.getPer1000)) / 1000
  const outDollars = ((deviceDaysPerMonth * (listBytes + getBytes)) / 1e9) * prices.gigabyteOut
  const edits = devices * days * habits.pushesPerDeviceDay
  const logBytes = edits * sizes.storedPerEdit
  const storedBytes = documents * habits.fileBytesPerDocument + 2 * logBytes
  const storageDollarsAtEnd = (storedBytes / 1e9) * prices.gigabyteMonth
  const bytes = logBytes / workspaces
  return {
    town: town.name,
    documents,
    perDeviceDay: { lists, listBytes: Math.round(listBytes), puts, gets, getBytes: Math.round(getBytes) },
    perMonth: {
      requests: Math.round(deviceDaysPerMonth * (lists + puts + gets)),
      requestDollars: cents(requestDollars),
      outDollars: cents(outDollars),
      storageDollarsAtEnd: cents(storageDollarsAtEnd),
      perDevice: cents((requestDollars + outDollars + storageDollarsAtEnd) / devices),
    },
    storedBytes: Math.round(storedBytes),
    newDevice: { bytes: Math.round(bytes), requests: Math.round(sizes.coldRequests + bytes / parcelBytes + peers) },
  }
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100
}
