import { type ReactNode, useEffect } from 'react'
import css from './ui.module.css'

type PageProps = {
  title: string
  /** Beside the title: a count or a state. */
  beside?: ReactNode
  above?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  wide?: boolean
  children: ReactNode
}

/** A page: its title is also the window's, so that tabs and screen readers can tell pages apart. */
export function Page({ title, beside, above, lead, actions, wide, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Assay`
  }, [title])
  return (
    <div className={css.page} data-wide={wide || undefined}>
      <div className={css.head}>
        {above ? <div className={css.crumb}>{above}</div> : null}
        <h1>{title}</h1>
        {beside}
        {actions ? <div className={css.actions}>{actions}</div> : null}
      </div>
      {lead ? <p className={css.lead}>{lead}</p> : null}
      {children}
    </div>
  )
}

export function Count({ children }: { children: ReactNode }) {
  return <span className={`${css.count} tabular`}>{children}</span>
}

export function Section({
  title,
  beside,
  children,
}: {
  title: string
  beside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={css.section}>
      <div className={css.sectionHead}>
        <h2>{title}</h2>
        {beside}
      </div>
      {children}
    </section>
  )
}
