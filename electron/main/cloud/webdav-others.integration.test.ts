import { startNginxDav } from '../../../e2e/servers/nginx-dav.ts'
import { startRcloneDav } from '../../../e2e/servers/rclone-dav.ts'
import { webDavSuite } from './testing/webdav-suite.ts'

// A MOVE for the beacon, and a MKCOL while the parcel's folder is new.
webDavSuite('rclone, which writes in place', { start: startRcloneDav, names: 300, mayCut: true, mayMiss: true, edit: 5 })

// Both beacons are read again.
webDavSuite('nginx, without entity tags', { start: startNginxDav, names: 300, edit: 5, again: 2 })
