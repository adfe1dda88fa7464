import { Button, TextInput } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './frameworks.module.css'
import { frameworkMessages } from './messages.ts'
import { ReachButton, ReachPanel } from './Reach.tsx'
import type { EditionNode } from './shapes.ts'

type Line = { node: EditionNode; depth: number; children: number }

/** Nodes in reading order, leaving out what lies below a closed one. */
function linesOf(nodes: readonly EditionNode[], open: ReadonlySet<string>): Line[] {
  const children = Map.groupBy(nodes, (node) => node.parent ?? '')
  const below = (parent: string, depth: number): Line[] =>
    (children.get(parent) ?? []).flatMap((node) => [
      { node, depth, children: children.get(node.id)?.length ?? 0 },
      ...(open.has(node.id) ? below(node.id, depth + 1) : []),
    ])
  return below('', 0)
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

function pathTo(nodes: readonly EditionNode[], id: string): string[] {
  const parents = new Map(nodes.map((node) => [node.id, node.parent]))
  const path: string[] = []
  for (let at = parents.get(id); at; at = parents.get(at)) path.push(at)
  return path
}

/** Opens and shows the node that the address names, as a search result does. */
function useNamedNode(nodes: readonly EditionNode[], open: (ids: readonly string[]) => void): void {
  useEffect(() => {
    const named = decodeURIComponent(window.location.hash.slice(1))
    if (!named) return
    open(pathTo(nodes, named))
    requestAnimationFrame(() => document.getElementById(named)?.scrollIntoView({ block: 'center' }))
  }, [nodes, open])
}

type TreeProps = { edition: string; nodes: readonly EditionNode[] }

export function RequirementTree({ edition, nodes }: TreeProps) {
  const t = useWords(frameworkMessages)
  const groups = useMemo(
    () => new Set(nodes.flatMap((node) => (node.parent === null ? [] : [node.parent]))),
    [nodes],
  )
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(nodes.filter((node) => node.parent === null).map((node) => node.id)),
  )
  const [typed, setTyped] = useState('')
  const [add] = useState(() => (ids: readonly string[]) => setOpen((before) => new Set([...before, ...ids])))
  useNamedNode(nodes, add)
  const wanted = fold(typed.trim())
  const lines = wanted
    ? nodes
        .filter((node) => fold(`${node.id} ${node.titles.en} ${node.titles.ja}`).includes(wanted))
        .map((node) => ({ node, depth: 0, children: 0 }))
    : linesOf(nodes, open)
  const toggle = (id: string) => {
    const next = new Set(open)
    if (!next.delete(id)) next.add(id)
    setOpen(next)
  }
  return (
    <>
      <div className={css.tools}>
        <TextInput
          aria-label={t.filter}
          placeholder={t.filter}
          leftSection={<Icon name="search" />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button variant="default" onClick={() => setOpen(groups)}>
          {t.expandAll}
        </Button>
        <Button variant="default" onClick={() => setOpen(new Set())}>
          {t.collapseAll}
        </Button>
      </div>
      {wanted && lines.length === 0 ? <p className="quiet">{t.nothing}</p> : null}
      <ul>
        {lines.map((line) => (
          <Node
            key={line.node.id}
            {...line}
            edition={edition}
            isOpen={open.has(line.node.id)}
            onToggle={toggle}
          />
        ))}
      </ul>
    </>
  )
}

type NodeProps = Line & { edition: string; isOpen: boolean; onToggle: (id: string) => void }

function Node({ edition, node, depth, children, isOpen, onToggle }: NodeProps) {
  const t = useWords(frameworkMessages)
  const format = useFormat()
  const [reached, setReached] = useState(false)
  const other = format.language === 'en' ? 'ja' : 'en'
  const title = node.titles[format.language]
  const text = node.text?.[format.language] ?? node.text?.[other]
  return (
    <li
      id={node.id}
      className={css.node}
      data-group={children > 0 || undefined}
      style={{ paddingInlineStart: depth * 16 }}
    >
      {children > 0 ? (
        <button
          type="button"
          className={css.fold}
          aria-expanded={isOpen}
          aria-label={`${node.id} ${title}`}
          onClick={() => onToggle(node.id)}
        >
          <Icon name="chevron" size={12} />
        </button>
      ) : (
        <span />
      )}
      <code>{node.kind === 'group' ? '' : node.id}</code>
      <span>
        {title}
        <span className={css.other} lang={other}>
          {node.titles[other]}
        </span>
      </span>
      {node.futureDated ? (
        <State tone="accent">{t.futureTag(format.shortDay(node.futureDated))}</State>
      ) : (
        <span />
      )}
      {node.reach ? <ReachButton node={node} isOpen={reached} onToggle={() => setReached(!reached)} /> : null}
      {text ? <div className={css.text}>{text}</div> : null}
      {reached ? <ReachPanel edition={edition} id={node.id} /> : null}
    </li>
  )
}
