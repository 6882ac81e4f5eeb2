// What is shipped: the parts, the fuses, the icon and the file type. Decides nothing about where the runtime comes from.
// Each fuse's reason is in electron/SECURITY.md; hardening tests read them back from the packaged file.

export const appId = 'jp.fumibako.app'

/** Read by the system from `resources/share` after installation. */
export const fileType = { extension: 'fumibako', mime: 'application/x-fumibako-package', name: '文箱パッケージ', nameEn: 'Fumibako package' }

/** In the words of electron-builder; what is absent here keeps Electron's own setting. */
export const fuses = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
  loadBrowserProcessSpecificV8Snapshot: false,
}

/**
 * @param {{ root: string, runtime: import('../bootstrap/runtime.mjs').Runtime, icon: string, output: string, extra: string }} parts absolute paths
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfig({ runtime, icon, output, extra }) {
  return {
    appId,
    productName: 'Fumibako',
    executableName: 'fumibako',
    copyright: 'Apache-2.0',
    directories: { app: '.out/app', output, buildResources: 'build/package' },
    files: ['**/*'],
    extraResources: [{ from: extra, to: '.' }],
    asar: true,
    // A library is loaded by the system, which knows no archive.
    asarUnpack: ['native/**'],
    // Everything is in the bundles: no node_modules is collected, rebuilt or installed.
    beforeBuild: async () => false,
    electronVersion: runtime.version,
    electronDist: runtime.dist,
    electronFuses: fuses,
    electronLanguages: ['ja', 'en-US'],
    icon,
    fileAssociations: [{ ext: fileType.extension, name: fileType.nameEn, mimeType: fileType.mime, role: 'Editor' }],
    linux: { category: 'Office', target: 'dir' },
    publish: null,
  }
}
