// The page's first line: services from the composition root, one React root, one boundary for defects.

import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { createServices } from './app/compose.ts'
import { DefectPage } from './app/defect-page.tsx'
import './ui/tokens.css'
import './ui/base.css'

const element = document.getElementById('root')
if (element === null) throw new Error('defect: the page has no root')

const services = createServices()
const root = createRoot(element, {
  onUncaughtError: () => createRoot(element).render(<DefectPage onReload={() => void services.session.lock()} />),
})
root.render(<App services={services} />)
