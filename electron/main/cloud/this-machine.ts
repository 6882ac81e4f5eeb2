// Names of this very machine: nobody else reads what is sent there, and no proxy is asked for it.

export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
