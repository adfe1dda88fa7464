/** Whether the check digit of ISO/IEC 7812-1 annex B (Luhn) is right. `digits` are values from 0 to 9. */
export function luhn(digits: Uint8Array): boolean {
  let sum = 0
  let double = false
  for (let at = digits.length - 1; at >= 0; at -= 1) {
    const digit = digits[at] ?? 0
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
    double = !double
  }
  return sum % 10 === 0
}
