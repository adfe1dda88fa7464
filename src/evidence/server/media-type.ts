import type { SniffedType } from './sniff.ts'

const openDocument = 'application/vnd.openxmlformats-officedocument'
const unknown = 'application/octet-stream'

type Form = { type: string; content: SniffedType; extensions: readonly string[] }

const forms: readonly Form[] = [
  { type: 'application/pdf', content: 'application/pdf', extensions: ['pdf'] },
  { type: 'image/png', content: 'image/png', extensions: ['png'] },
  { type: 'image/jpeg', content: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe'] },
  { type: 'image/gif', content: 'image/gif', extensions: ['gif'] },
  { type: 'image/webp', content: 'image/webp', extensions: ['webp'] },
  {
    type: `${openDocument}.wordprocessingml.document`,
    content: `${openDocument}.wordprocessingml.document`,
    extensions: ['docx'],
  },
  {
    type: `${openDocument}.spreadsheetml.sheet`,
    content: `${openDocument}.spreadsheetml.sheet`,
    extensions: ['xlsx'],
  },
  { type: 'application/zip', content: 'application/zip', extensions: ['zip'] },
  { type: 'text/html', content: 'text/html', extensions: ['html', 'htm', 'xhtml'] },
  { type: 'image/svg+xml', content: 'image/svg+xml', extensions: ['svg'] },
  { type: 'application/xml', content: 'application/xml', extensions: ['xml', 'nessus', 'xsd'] },
  { type: 'application/json', content: 'application/json', extensions: ['json', 'sarif'] },
  // A large JSON file is only seen to be text.
  { type: 'application/json', content: 'text/plain', extensions: ['json', 'sarif', 'jsonl', 'ndjson'] },
  { type: 'text/csv', content: 'text/plain', extensions: ['csv'] },
]

/** Types whose extension is a claim about the content: with other content, the name lies. */
const claimed = new Set(forms.flatMap(({ extensions }) => extensions))

/** The last extension of a name in lower case; '' when it has none. */
const extensionOf = (name: string): string => /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/**
 * The type under which a file is kept. Any content is evidence; where the name says something else than the content,
 * the file is bytes and nothing more, so that no program opens it as what it is not.
 */
export function mediaTypeOf(name: string, content: SniffedType): string {
  const extension = extensionOf(name)
  const form = forms.find((one) => one.content === content && one.extensions.includes(extension))
  if (form) return form.type
  return claimed.has(extension) ? unknown : content
}
