// The first line to run. Synchronous until the process is secured: a scheme registered after ready comes too late.
import { app } from 'electron'
import { compose } from './compose.ts'
import { prepareProcess } from './platform/process.ts'

if (prepareProcess()) {
  void app.whenReady().then(compose)
} else {
  app.quit()
}
