import { useMe } from '../../web/frame/me.ts'
import { EvidenceForm } from './EvidenceForm.tsx'
import type { Names } from './names.ts'
import type { EvidenceDetail } from './shapes.ts'

type ReviseDrawerProps = {
  one: EvidenceDetail
  names: Names
  onClose: () => void
  onSaved: (id: string) => void
}

export default function ReviseDrawer({ one, names, onClose, onSaved }: ReviseDrawerProps) {
  const me = useMe()
  if (!me.data) return null
  return (
    <EvidenceForm
      names={names}
      replaces={one}
      entityId={one.entityId}
      today={me.data.today}
      onClose={onClose}
      onSaved={onSaved}
    />
  )
}
