// Imported first: a page that flashes white at night, or names the wrong language to a screen reader, is wrong
// from its first frame. Not an inline script, because the content policy forbids one.
const root = document.documentElement
const wanted = localStorage.getItem('assay-theme')
const dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
const cookie = /(?:^|;\s*)assay-language=(en|ja)\b/.exec(document.cookie)
root.lang = cookie?.[1] ?? (navigator.language.startsWith('ja') ? 'ja' : 'en')
