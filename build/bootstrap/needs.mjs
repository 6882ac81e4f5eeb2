// Decides what each command needs before it can run. A list here is the only place that names a system package.

/**
 * @typedef {{
 *   runtime: 'none' | 'product' | 'test',
 *   system: readonly string[],
 *   display: 'none' | 'any' | 'own',
 *   unpacked?: readonly (readonly string[])[],
 * }} Needs
 * `runtime`: none; the product's Electron (official before the test runtime); or always the pinned test runtime where it
 * exists, so that pictures compare. `system`: Debian packages, `a|b` = either, `program:package` = unless the program is there.
 * `unpacked`: Debian packages that are only unpacked into the cache folder. `display`: none, the person's or a virtual one, or always a virtual one.
 */

/** What the application itself asks of a Debian system. */
export const windowPackages = ['libgtk-3-0|libgtk-3-0t64', 'libnss3', 'libasound2|libasound2t64', 'libgbm1', 'libnotify4', 'libsecret-1-0']
const window = [...windowPackages, 'xvfb']
const verifiers = [
  'poppler-utils', 'qpdf', 'openssl', 'libnss3-tools', 'java:default-jre-headless',
  'libpdfbox2-java', 'libfontbox2-java', 'libcommons-logging-java', 'libcommons-io-java', 'libactivation-java', 'libjaxb-api-java',
]
const keyring = ['gnome-keyring', 'dbus', 'dbus-x11']
const servers = ['apache2-bin', 'ceph-mon', 'ceph-osd', 'ceph-common', 'radosgw', 'rclone']
/** A TPM in software with what stands between it and an app, and a token in files. */
const tokens = ['swtpm', 'libtss2-tcti-swtpm0', 'libtpm2-pkcs11-1', 'softhsm2']
/** Debian starts an installed nginx on port 80, and an installed CUPS at once. */
const unpackedServers = [['nginx', 'libnginx-mod-http-dav-ext'], ['cups-daemon', 'cups-client', 'cups-server-common', 'libpaper1']]
/** What sync is measured against, and what builds one of them. */
const peers = ['restic', 'time', 'g++:g++', 'make:make', 'python3:python3']
const observers = ['strace', 'setpriv:util-linux']
/** What builds the clock that journeys turn. */
const compiler = ['gcc:gcc', 'libc6-dev']

/** @type {Readonly<Record<string, Needs>>} */
export const needsByCommand = {
  start: { runtime: 'product', system: window, display: 'any' },
  demo: { runtime: 'product', system: window, display: 'any' },
  'demo:hostile': { runtime: 'product', system: window, display: 'any' },
  screens: { runtime: 'test', system: window, display: 'own' },
  bench: { runtime: 'test', system: [...window, ...servers, ...peers, 'openssl', 'setpriv:util-linux'], display: 'own' },
  sim: { runtime: 'none', system: [], display: 'none' },
  check: { runtime: 'none', system: [], display: 'none' },
  package: { runtime: 'product', system: [], display: 'none' },
  test: { runtime: 'test', system: [...window, ...verifiers, ...keyring, ...servers, ...observers, ...compiler, ...tokens], unpacked: unpackedServers, display: 'own' },
  fumibako: { runtime: 'none', system: [], display: 'none' },
}
