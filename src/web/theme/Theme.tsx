import {
  Checkbox,
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
  MantineProvider,
  Tabs,
  Tooltip,
} from '@mantine/core'
import type { ReactNode } from 'react'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './fonts.css'
import './tokens.css'
import './components.css'
import './base.css'

// The shades themselves are in components.css; the library only has to know that the colour exists.
const accent: MantineColorsTuple = [
  '#e2ecf1',
  '#c5d9e3',
  '#9dbfcf',
  '#6fa1b9',
  '#4784a1',
  '#28708f',
  '#17506f',
  '#103e57',
  '#0b2f43',
  '#072231',
]

const floating = { transitionProps: { duration: 100 } }

const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 30 } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs', autosize: true, minRows: 2, maxRows: 12 } },
    Select: { defaultProps: { size: 'xs', comboboxProps: floating, allowDeselect: false } },
    MultiSelect: { defaultProps: { size: 'xs', comboboxProps: floating } },
    // Nearly every page has these three: they come with the first load, and no page brings them again.
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Tabs: Tabs.extend({}),
    Radio: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', ...floating } },
    Popover: { defaultProps: { shadow: 'md', ...floating } },
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false, ...floating } }),
    // Locking the page's scroll would inject a style element, which the content policy refuses.
    Drawer: { defaultProps: { lockScroll: false, position: 'right', size: 520, ...floating } },
    Modal: { defaultProps: { lockScroll: false, centered: true, ...floating } },
  },
})

const scheme = localStorageColorSchemeManager({ key: 'assay-theme' })

/** The component library without its run-time style elements: all variables come from stylesheets. */
export function Theme({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={scheme}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  )
}
