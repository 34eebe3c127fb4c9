/** How the types of containers begin by their length in feet: `22G1`, `45G1`, `L5G1`. */
export const typesOfFeet: Readonly<Record<20 | 40, readonly string[]>> = { 20: ['2'], 40: ['4', 'L'] }
