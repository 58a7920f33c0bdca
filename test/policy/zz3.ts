import { understand } from '../../src/policy/understand.ts';
import { readIntent } from '../../src/policy/intent.ts';
const t="prod is down since 8, recovery button did nothing, pls help";
for (let i=0;i<50;i++) understand(t);
let a=performance.now(); for (let i=0;i<200;i++) understand(t); console.log('short', (performance.now()-a)/200);
for (const n of [500,2000,4000,20000]) { const long=('lorem ipsum dolor sit amet cannot consectetur app adipiscing elit '.repeat(400)).slice(0,n); a=performance.now(); understand(long); console.log(n,(performance.now()-a)); a=performance.now(); readIntent(long); console.log(' intent',(performance.now()-a)); }
for (const s of [' '.repeat(50000), 'please '.repeat(5000), 'connect '+'a, '.repeat(5000)+' apps', 'connect a to b for '+'x, '.repeat(900)]) { a=performance.now(); readIntent(s); const b=performance.now(); understand(s); console.log("adv",(b-a), performance.now()-b); }
