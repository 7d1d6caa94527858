/** Receiving audio slots: the loudest others. */
export const audioSlots = 3;

const firstVideoSlots = 9;
const growthStep = 8;
export const mostVideoSlots = 25;

/** How many video slots to have for so many wanted pictures; never fewer than there are, since m-lines only grow. */
export function videoSlotsFor(wanted: number, present: number): number {
  let slots = Math.max(firstVideoSlots, present);
  while (slots < wanted && slots < mostVideoSlots) slots += growthStep;
  return Math.min(slots, Math.max(mostVideoSlots, present));
}
