const firstNames = (
  'Åsa Björn Cecilia David Elin Fredrik Göran Hanna Ingrid Jörgen Karin Lars Märta Nils Örjan Petra Rickard ' +
  'Sofia Tomas Ulla Viktor Ylva Zara'
).split(' ');
const lastNames = (
  'Öberg Åkerman Lindström Nyström Håkansson Ek Sjöberg Wallin Ahmed Bergström Dahl Engström Fors Grönlund ' +
  'Järvinen Kowalski Löfgren Månsson Norén'
).split(' ');

/** A Swedish name for a number: 437 numbers in a row get as many different names. */
export function nameOf(id: number): string {
  return `${firstNames[id % firstNames.length]} ${lastNames[id % lastNames.length]}`;
}
