/** Encodes what Shift_JIS can say, by asking the decoder of the platform for every character of two bytes. */
export function shiftJis(text: string): Buffer {
  const decoder = new TextDecoder('shift_jis')
  const bytesOf = new Map<string, number[]>()
  for (let high = 0x81; high <= 0xef; high++)
    for (let low = 0x40; low <= 0xfc; low++) {
      const sign = decoder.decode(Uint8Array.of(high, low))
      if (sign.length === 1 && sign !== '\uFFFD' && !bytesOf.has(sign)) bytesOf.set(sign, [high, low])
    }
  return Buffer.from(
    [...text].flatMap((sign) =>
      sign.charCodeAt(0) < 128 ? [sign.charCodeAt(0)] : (bytesOf.get(sign) ?? [63]),
    ),
  )
}
