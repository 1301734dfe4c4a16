/** The same comparisons as by day, with a hundred times as many cases. */
import '../checkers/monitors.test.ts'
import '../compose/random.test.ts'
