import { useEffect, useEffectEvent } from 'react'

const two = (value: number) => String(value).padStart(2, '0')

/** Browsers call every pasted picture `image.png`; the moment tells them apart. */
function named(file: File, word: string): File {
  if (!/^image\.\w+$/.test(file.name)) return file
  const at = new Date(file.lastModified)
  const moment = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`
  return new File([file], `${word} ${moment}.${file.name.split('.').at(-1) ?? 'png'}`, {
    type: file.type,
    lastModified: file.lastModified,
  })
}

/** Takes files from the clipboard, wherever on the page they are pasted; pasted text goes where it always goes. */
export function usePaste(word: string, onFiles: (files: readonly File[]) => void): void {
  const take = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    onFiles(files.map((file) => named(file, word)))
  })
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => take(event)
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
}
