import { NotInspectable, type View } from './run.ts'
export const pdf: View = async () => {
  throw new NotInspectable('unknown format')
}
