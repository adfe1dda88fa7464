import { Button, FileButton } from '@mantine/core'
import { type DragEvent, useState } from 'react'
import css from './file-drop.module.css'
import { Icon } from './icons.tsx'

type FileDropProps = {
  title: string
  hint: string
  /** On the button, for the keyboard and for phones. */
  choose: string
  /** Media types and endings, as the `accept` of an input. */
  accept?: string
  multiple?: boolean
  disabled?: boolean
  /** Its button has the focus when the drawer around it opens. */
  focused?: boolean
  onFiles: (files: readonly File[]) => void
}

/** A place to drop files on, with a button that does the same. */
export function FileDrop(props: FileDropProps) {
  const { title, hint, choose, accept, multiple, disabled, focused, onFiles } = props
  const [over, setOver] = useState(false)
  const give = (files: readonly File[]) => {
    if (files.length > 0 && !disabled) onFiles(multiple ? files : files.slice(0, 1))
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    give([...event.dataTransfer.files])
  }
  const shared = { ...(accept ? { accept } : {}), ...(disabled ? { disabled } : {}) }
  const button = (given: object) => (
    <Button variant="default" disabled={disabled ?? false} data-autofocus={focused || undefined} {...given}>
      {choose}
    </Button>
  )
  return (
    <section
      className={css.drop}
      data-over={over || undefined}
      aria-label={title}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" />
      {title}
      <span className="quiet">{hint}</span>
      {multiple ? (
        <FileButton {...shared} multiple onChange={give}>
          {button}
        </FileButton>
      ) : (
        <FileButton {...shared} onChange={(file) => give(file ? [file] : [])}>
          {button}
        </FileButton>
      )}
    </section>
  )
}
