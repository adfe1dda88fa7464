/** One mail to one person, in words and as HTML. */
export type MailMessage = {
  /** Stable for what is sent: a mail that is handed over twice has one id, by which mail programs see that it is one. */
  id: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
}

/** The server would never take this mail: trying again changes nothing. */
export class MailRefused extends Error {}

/** Mail as a port. `send` ends when the other side has taken the mail over, throws `MailRefused` for what it never will, and another error for what may succeed later. */
export type Mail = {
  send(message: MailMessage): Promise<void>
  close(): Promise<void>
}
