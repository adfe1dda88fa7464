import { createTransport } from 'nodemailer'
import { type Mail, type MailMessage, MailRefused } from '../kernel/mail.ts'

export type SmtpOptions = { url: string; from: string }

// A line break ends a header, and what follows becomes another one (CWE-93).
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const controls = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/

// One address and nothing else: a comma, an angle bracket or a quote would make two of it.
const oneAddress = /^[^\s<>@"(),:;\\[\]]+@[^\s<>@"(),:;\\[\]]+$/

function refuseInjection({ id, to, subject }: MailMessage): void {
  if ([id, to.name, to.address, subject].some((value) => controls.test(value)))
    throw new MailRefused('a header holds a line break or another control character')
  if (!oneAddress.test(to.address) || to.address.length > 254)
    throw new MailRefused('the address of the receiver is not one plain address')
}

/** Permanent by RFC 5321 section 4.2.1: the same mail would be refused again. What concerns us and not the mail is not. */
function isPermanent(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: number; command?: string }
  return responseCode !== undefined && responseCode >= 500 && ['RCPT TO', 'DATA'].includes(command ?? '')
}

/** Hands mail to an SMTP server (RFC 5321): `smtps://` at once under TLS, `smtp://` with STARTTLS where it is offered. */
export function smtpMail({ url, from }: SmtpOptions): Mail {
  const transport = createTransport({
    url,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    // Content comes from people: it may name no file and no address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(message) {
      refuseInjection(message)
      try {
        await transport.sendMail({
          messageId: `<${message.id}@${from.slice(from.indexOf('@') + 1)}>`,
          from: { name: 'Assay', address: from },
          to: message.to,
          subject: message.subject,
          text: message.text,
          html: message.html,
          // No holiday reply answers it (RFC 3834 section 5).
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
      } catch (error) {
        if (isPermanent(error)) throw new MailRefused(error instanceof Error ? error.message : String(error))
        throw error
      }
    },
    async close() {
      transport.close()
    },
  }
}
