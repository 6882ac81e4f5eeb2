// AR-30: versions of our package that are read here. The second opens the states of devices in its trail (AR-60).

export const packageFormat = '2'
export const packageFormats: readonly string[] = ['1', packageFormat]

/** AR-73 of an exported audit, which has an element of its own in `bag-info.txt`. */
export const auditFormat = '1'
