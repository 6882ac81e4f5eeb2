// 書庫: the tree of classifications and the volumes (簿冊) under what is chosen in it.

import { type ReactNode, useMemo, useState } from 'react'
import { Tree, TreeItem, TreeItemContent } from 'react-aria-components'
import { Button as AriaButton } from 'react-aria-components'
import { useLive } from '../../services/use-services.tsx'
import { useText } from '../../services/use-text.tsx'
import type { CabinetNode, VolumeView } from '../../services/view-models.ts'
import { formatDate, formatFiscalYear } from '../../text/dates.ts'
import { Button } from '../../ui/button.tsx'
import { EntryList } from '../../ui/entry-list.tsx'
import { Icon } from '../../ui/icon.tsx'
import { fiscalYears, flattenNodes, mayExportYear, type PathNode, volumesUnder } from './cabinet-model.ts'
import { NewVolumeDialog } from './new-volume-dialog.tsx'
import { YearChoice } from './year-choice.tsx'
import './cabinet.css'

export interface CabinetPageProps {
  readonly onOpenVolume: (id: string) => void
  readonly onOpenRegister: () => void
  readonly onExportYear: (year: number) => void
}

export function CabinetPage(props: CabinetPageProps): ReactNode {
  const text = useText()
  const cabinet = useLive('cabinet', null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [year, setYear] = useState<number | null>(null)
  const [making, setMaking] = useState(false)
  const flat = useMemo(() => flattenNodes(cabinet ?? []), [cabinet])
  const here = flat.find(({ node }) => node.code === chosen) ?? null
  const volumes = (here === null ? (cabinet ?? []).flatMap(volumesUnder) : volumesUnder(here.node)).filter((volume) => year === null || volume.fiscalYear === year)
  if (cabinet === undefined) return <p role="status">{text('cabinet.opening')}</p>
  const years = fiscalYears(cabinet)

  return (
    <div>
      <header className="page-head">
        <h1>{text('cabinet.title')}</h1>
        <Button icon="list" onPress={props.onOpenRegister}>
          {text('cabinet.register')}
        </Button>
        <Button kind="strong" icon="plus" onPress={() => setMaking(true)}>
          {text('cabinet.newVolume')}
        </Button>
      </header>
      <div className="cabinet">
        <ClassTree nodes={cabinet} onChoose={setChosen} />
        <section className="cabinet-volumes" aria-labelledby="volumes-title">
          <div className="cabinet-bar">
            <h2 id="volumes-title">{here === null ? text('cabinet.all') : `${here.node.code}　${here.path.join('＞')}`}</h2>
            {years.length > 0 && <YearChoice years={years} year={year} onChoose={setYear} />}
            {year !== null && mayExportYear(cabinet, year) && (
              <Button icon="export" onPress={() => props.onExportYear(year)}>
                {text('cabinet.exportYear')}
              </Button>
            )}
          </div>
          {volumes.length === 0 ? <p className="cabinet-empty">{text('cabinet.empty')}</p> : <VolumeList volumes={volumes} onOpen={props.onOpenVolume} />}
        </section>
      </div>
      {making && <NewVolumeDialog nodes={flat.filter(({ node }: PathNode) => node.level === 3)} node={here?.node.level === 3 ? here.node.code : null} onClose={() => setMaking(false)} onCreated={props.onOpenVolume} />}
    </div>
  )
}

function VolumeList({ volumes, onOpen }: { readonly volumes: readonly VolumeView[]; readonly onOpen: (id: string) => void }): ReactNode {
  const text = useText()
  return (
    <EntryList
      label={text('cabinet.volumes')}
      onOpen={onOpen}
      entries={volumes.map((volume) => ({
        id: volume.id,
        title: volume.title,
        chips: [{ text: text('volume.documents', { count: volume.documents.length }) }, ...(volume.closed ? [{ text: text('volume.closed'), tone: 'warn' as const }] : [])],
        facts: [
          volume.code,
          formatFiscalYear(text.language, volume.fiscalYear),
          text('volume.retention', { period: volume.retentionLabel }),
          ...(volume.retentionEnd === null ? [] : [text('volume.until', { date: formatDate(text.language, volume.retentionEnd) })]),
        ],
      }))}
    />
  )
}

function ClassTree({ nodes, onChoose }: { readonly nodes: readonly CabinetNode[]; readonly onChoose: (code: string | null) => void }): ReactNode {
  const text = useText()
  const open = flattenNodes(nodes).filter(({ node }) => node.level < 3).map(({ node }) => node.code)
  return (
    <Tree
      className="tree"
      aria-label={text('cabinet.tree')}
      selectionMode="single"
      defaultExpandedKeys={open}
      onSelectionChange={(keys) => onChoose(keys === 'all' ? null : (([...keys][0] as string | undefined) ?? null))}
    >
      {nodes.map((node) => treeItem(node, text('cabinet.fold')))}
    </Tree>
  )
}

function treeItem(node: CabinetNode, fold: string): ReactNode {
  const count = volumesUnder(node).length
  const name = `${node.code} ${node.label}`
  return (
    <TreeItem key={node.code} id={node.code} textValue={name} className={`tree-item tree-level-${node.level}`}>
      <TreeItemContent>
        {node.children.length > 0 ? (
          <AriaButton slot="chevron" className="tree-chevron" aria-label={fold}>
            <Icon name="next" size={14} />
          </AriaButton>
        ) : (
          <span className="tree-chevron" />
        )}
        <span className="tree-name">
          <span className="tree-code">{node.code}</span>
          {node.label}
        </span>
        {count > 0 && <span className="tree-count">{count}</span>}
      </TreeItemContent>
      {node.children.map((child) => treeItem(child, fold))}
    </TreeItem>
  )
}
