/** Somebody else changed the case between load and write; the event is run again from the load. */
export class LostRace extends Error {
  override readonly name = 'LostRace';
}
