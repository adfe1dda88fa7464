import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { xlsxStream } from '../../tabular/node/xlsx-write.ts'
import { streamOf } from '../../tabular/own.ts'
import { sniff, sniffer } from './sniff.ts'

const text = (content: string) => sniff(Buffer.from(content))

describe('the type of a file by its content', () => {
  it('knows binary files by their signatures', () => {
    const cases: [string, string][] = [
      ['%PDF-1.7\n', 'application/pdf'],
      ['\x89PNG\r\n\x1a\n\0\0', 'image/png'],
      ['\xff\xd8\xff\xe0', 'image/jpeg'],
      ['GIF89a;', 'image/gif'],
      ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
      ['MZ\x90\0', 'application/x-executable'],
      ['\x7fELF\x02', 'application/x-executable'],
      ['#!/bin/sh\nrm -rf /', 'application/x-executable'],
      ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
      ['\0\x01\x02\xfe', 'application/octet-stream'],
      ['', 'application/octet-stream'],
    ]
    for (const [content, type] of cases) expect(sniff(Buffer.from(content, 'latin1'))).toBe(type)
  })

  it('knows pages and pictures that run script, behind blanks, comments and declarations', () => {
    expect(text('<!DOCTYPE html><p>')).toBe('text/html')
    expect(text('\uFEFF \n<script>alert(1)</script>')).toBe('text/html')
    expect(text('<!-- x --><svg onload="alert(1)">')).toBe('text/html')
    expect(text('<?xml version="1.0"?><!-- c --><svg xmlns="http://www.w3.org/2000/svg">')).toBe(
      'image/svg+xml',
    )
    expect(text('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">')).toBe('text/html')
    expect(text('<?xml version="1.0"?><report/>')).toBe('application/xml')
  })

  it('knows text in UTF-8 and in Shift_JIS, and JSON', () => {
    expect(text('key,scheme\nisms,iso27001\n')).toBe('text/plain')
    expect(sniff(Buffer.from('94468fd8,', 'hex'))).toBe('text/plain')
    expect(text('{"a": [1]}')).toBe('application/json')
    expect(text('{not json')).toBe('text/plain')
  })

  it('tells a workbook from another ZIP file, in however small parts it comes', async () => {
    const workbook = await buffer(xlsxStream('One', streamOf({ header: ['key'], rows: [] })))
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    expect(sniff(workbook)).toBe(type)
    const slow = sniffer()
    for (const byte of workbook) slow.push(Uint8Array.of(byte))
    expect(slow.end()).toBe(type)
    expect(sniff(Buffer.from('PK\x03\x04rest', 'latin1'))).toBe('application/zip')
  })
})
