// The least that an Electron application can be: one window with one page. The peer of the start row.
const { join } = require('node:path')
const { app, BrowserWindow } = require('electron')

app.setPath('userData', app.commandLine.getSwitchValue('user-data-dir'))
app.enableSandbox()
void app.whenReady().then(openWindow)

function openWindow() {
  const window = new BrowserWindow({ width: 1280, height: 860 })
  // Beside the archive: with the shipped fuses no file inside it is read as file://.
  return window.loadFile(join(process.resourcesPath, 'index.html'))
}
