// Preloaded into a service: its clock is wrong by CLOCK_SHIFT_MS.
const shiftMs = Number(process.env['CLOCK_SHIFT_MS'] ?? 0)
const TrueDate = Date

globalThis.Date = /** @type {DateConstructor} */ (
  class extends TrueDate {
    /** @param {[]} given */
    constructor(...given) {
      if (given.length === 0) super(TrueDate.now() + shiftMs)
      else super(...given)
    }

    static now() {
      return TrueDate.now() + shiftMs
    }
  }
)
