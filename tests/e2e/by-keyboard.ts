import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Language } from '../../src/kernel/language.ts'

const tongues = { en: 'English', ja: '日本語' }

/** What a reader does with a page and its drawers when no hand is on the pointer. */
export function byKeyboard(page: Page, language: Language) {
  const drawer = () => page.getByRole('dialog')
  const named = (label: string) => drawer().getByRole('combobox', { name: label, exact: true }).first()
  /** Goes down an open list until the wanted option is the one that Enter takes. */
  const take = async (list: Locator, begins: string) => {
    const at = page.locator('[role=option][data-combobox-selected]')
    for (let step = 0; step < 12; step++) {
      // Without waiting: while a list is read anew nothing in it is marked.
      const [marked] = await at.allTextContents()
      if (marked?.startsWith(begins)) break
      await list.press('ArrowDown')
    }
    await list.press('Enter')
  }
  return {
    drawer,
    /** To a page by `g` and its letter. */
    go: async (key: string, address: string) => {
      await page.locator('body').press('g')
      await page.keyboard.press(key)
      await page.waitForURL(`**${address}`)
    },
    press: (name: string) => page.getByRole('button', { name, exact: true }).press('Enter'),
    tab: (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).press('Enter'),
    // Not exactly: the star of what must be filled in is part of the label.
    field: (label: string) => drawer().getByLabel(label).first(),
    /** The field of a text in the reader's own language. */
    said: (label: string) => drawer().getByLabel(`${label} (${tongues[language]})`, { exact: true }),
    /** Chooses from a short list. */
    pick: async (label: string, begins: string) => {
      const list = named(label)
      await list.focus()
      await list.press('ArrowDown')
      await take(list, begins)
      expect(await list.inputValue()).toContain(begins)
    },
    /** Chooses from a list that is searched by typing. */
    find: async (label: string, typed: string, begins: string) => {
      const list = named(label)
      await list.fill(typed)
      await page.getByRole('option', { name: begins }).first().waitFor()
      await take(list, begins)
    },
    /** Saves with Ctrl+Enter, which works from every field, and waits until the drawer is gone. */
    saved: async () => {
      await page.keyboard.press('Control+Enter')
      await drawer().waitFor({ state: 'detached' })
    },
    /** What Ctrl+K finds by some words, opened with Enter. */
    search: async (placeholder: string, typed: string, found: string) => {
      await page.keyboard.press('Control+k')
      const field = page.getByPlaceholder(placeholder).first()
      await field.waitFor()
      await page.keyboard.type(typed)
      const entry = page.getByRole('button', { name: found }).first()
      await entry.waitFor()
      // What is found meanwhile would push it down.
      await page.locator('input[aria-busy=false]').waitFor()
      while ((await entry.getAttribute('data-selected')) === null) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await field.waitFor({ state: 'detached' })
    },
  }
}
