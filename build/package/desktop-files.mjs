// What a desktop needs to know the product: menu entry, icon and file type, laid out as below /usr/share.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileType } from './builder-config.mjs'

/** @param {string} folder @param {Buffer} icon 512×512 PNG */
export function writeDesktopFiles(folder, icon) {
  write(join(folder, 'share/icons/hicolor/512x512/apps/fumibako.png'), icon)
  write(join(folder, 'share/applications/fumibako.desktop'), desktopEntry())
  write(join(folder, 'share/mime/packages/fumibako.xml'), mimeType())
}

/** Desktop Entry Specification 1.5. */
function desktopEntry() {
  return `[Desktop Entry]
Type=Application
Name=Fumibako
Name[ja]=文箱
Comment=Draft, decide, file, sync and export official documents
Comment[ja]=起案・決裁・保存・同期・移管
Exec=fumibako %F
Icon=fumibako
Terminal=false
Categories=Office;
MimeType=${fileType.mime};
StartupWMClass=fumibako
`
}

/** Shared MIME-info Specification 0.21. */
function mimeType() {
  return `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${fileType.mime}">
    <comment>${fileType.nameEn}</comment>
    <comment xml:lang="ja">${fileType.name}</comment>
    <icon name="fumibako"/>
    <glob pattern="*.${fileType.extension}"/>
  </mime-type>
</mime-info>
`
}

/** @param {string} file @param {string | Buffer} content */
function write(file, content) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
