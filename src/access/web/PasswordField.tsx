import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useWords } from '../../web/i18n/catalogue.ts'
import { accessMessages } from './messages.ts'

/** A password, whose button for showing it has a name in the reader's language. */
export function PasswordField(props: PasswordInputProps) {
  const t = useWords(accessMessages)
  return <PasswordInput visibilityToggleButtonProps={{ 'aria-label': t.showPassword }} {...props} />
}
