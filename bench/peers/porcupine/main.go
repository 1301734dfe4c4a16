// Decides the histories of one file with Porcupine and reports what it cost: for each history the
// verdict, the number of calls of the model's step function and the processor time, and the
// processor time of a pass over all of them. Reading the file is not part of any figure.
//
// The file has one JSON object a line, written by bench/porcupine.ts:
//
//	{"name": "...", "model": "cas-register" | "kv" | "kv-whole", "operations": [...]}
//
// A register holds small integers, 0 is its initial value. Operations of unknown outcome have
// "unknown": true and the latest return time.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"sort"
	"syscall"
	"time"

	"github.com/anishathalye/porcupine"
)

type operation struct {
	Client  int    `json:"client"`
	Kind    string `json:"kind"`
	Key     string `json:"key"`
	From    int    `json:"from"`
	To      int    `json:"to"`
	Seen    int    `json:"seen"`
	Refused bool   `json:"refused"`
	Text    string `json:"text"`
	Unknown bool   `json:"unknown"`
	Call    int64  `json:"call"`
	Return  int64  `json:"return"`
}

// What the step functions see: small, behind a pointer, its kind a number, so that Porcupine's search
// is measured and not the harness.
type call struct {
	kind             byte
	unknown, refused bool
	from, to, seen   int
	key, text        string
}

const (
	observe = iota // read, get
	replace        // write, put
	swap           // cas
	extend         // append
)

var kinds = map[string]byte{
	"read": observe, "get": observe, "write": replace, "put": replace, "cas": swap, "append": extend,
}

type history struct {
	Name       string      `json:"name"`
	Model      string      `json:"model"`
	Operations []operation `json:"operations"`
}

type report struct {
	Name       string  `json:"name"`
	Outcome    string  `json:"outcome"`
	Steps      int     `json:"steps"`
	CPUSeconds float64 `json:"cpuSeconds"`
}

func main() {
	repetitions := flag.Int("repetitions", 7, "timed passes; the median counts")
	timeout := flag.Duration("timeout", 20*time.Second, "for one history")
	flag.Parse()
	runtime.GOMAXPROCS(1)

	histories, err := read(flag.Arg(0))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	reports := make([]report, len(histories))
	inputs := make([][]porcupine.Operation, len(histories))
	for i, h := range histories {
		inputs[i] = convert(h)
		steps := 0
		outcome := porcupine.CheckOperationsTimeout(counted(modelOf(h), &steps), inputs[i], *timeout)
		reports[i] = report{Name: h.Name, Outcome: outcomeText(outcome), Steps: steps}
	}

	passes := make([]float64, *repetitions)
	samples := make([][]float64, len(histories))
	for pass := range passes {
		runtime.GC()
		for i, h := range histories {
			model := modelOf(h)
			before := cpuSeconds()
			porcupine.CheckOperationsTimeout(model, inputs[i], *timeout)
			spent := cpuSeconds() - before
			samples[i] = append(samples[i], spent)
			passes[pass] += spent
		}
	}
	out := json.NewEncoder(os.Stdout)
	for i := range reports {
		reports[i].CPUSeconds = median(samples[i])
		must(out.Encode(reports[i]))
	}
	must(out.Encode(map[string]float64{"passCpuSeconds": median(passes)}))
}

func read(path string) ([]history, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var histories []history
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<30)
	for lines.Scan() {
		var h history
		if err := json.Unmarshal(lines.Bytes(), &h); err != nil {
			return nil, err
		}
		histories = append(histories, h)
	}
	return histories, lines.Err()
}

func convert(h history) []porcupine.Operation {
	operations := make([]porcupine.Operation, len(h.Operations))
	for i, op := range h.Operations {
		input := &call{kinds[op.Kind], op.Unknown, op.Refused, op.From, op.To, op.Seen, op.Key, op.Text}
		operations[i] = porcupine.Operation{
			ClientId: op.Client, Input: input, Call: op.Call, Return: op.Return,
		}
	}
	return operations
}

func modelOf(h history) porcupine.Model {
	switch h.Model {
	case "kv":
		return porcupine.Model{
			Partition: byKey,
			Init:      func() any { return "" },
			Step: func(state, input, _ any) (bool, any) {
				return stepText(state.(string), input.(*call))
			},
		}
	case "kv-whole":
		return porcupine.Model{
			Init: func() any { return map[string]string{} },
			Step: func(state, input, _ any) (bool, any) {
				return stepMap(state.(map[string]string), input.(*call))
			},
			Equal: func(a, b any) bool { return sameMap(a.(map[string]string), b.(map[string]string)) },
		}
	default:
		return porcupine.Model{
			Init: func() any { return 0 },
			Step: func(state, input, _ any) (bool, any) {
				return stepRegister(state.(int), input.(*call))
			},
		}
	}
}

func stepRegister(value int, op *call) (bool, any) {
	switch op.kind {
	case observe:
		return op.unknown || value == op.seen, value
	case replace:
		return true, op.to
	default:
		if op.unknown {
			if value == op.from {
				return true, op.to
			}
			return true, value
		}
		if op.refused {
			return value != op.from, value
		}
		return value == op.from, op.to
	}
}

func stepText(value string, op *call) (bool, any) {
	switch op.kind {
	case observe:
		return op.unknown || value == op.text, value
	case replace:
		return true, op.text
	default:
		return true, value + op.text
	}
}

func stepMap(values map[string]string, op *call) (bool, any) {
	legal, next := stepText(values[op.key], op)
	if op.kind == observe {
		return legal, values
	}
	changed := make(map[string]string, len(values)+1)
	for key, value := range values {
		changed[key] = value
	}
	changed[op.key] = next.(string)
	return legal, changed
}

func sameMap(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for key, value := range a {
		other, there := b[key]
		if !there || value != other {
			return false
		}
	}
	return true
}

func byKey(operations []porcupine.Operation) [][]porcupine.Operation {
	parts := map[string][]porcupine.Operation{}
	for _, op := range operations {
		key := op.Input.(*call).key
		parts[key] = append(parts[key], op)
	}
	keys := make([]string, 0, len(parts))
	for key := range parts {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	result := make([][]porcupine.Operation, 0, len(parts))
	for _, key := range keys {
		result = append(result, parts[key])
	}
	return result
}

func counted(model porcupine.Model, steps *int) porcupine.Model {
	step := model.Step
	model.Step = func(state, input, output any) (bool, any) {
		*steps++
		return step(state, input, output)
	}
	return model
}

func outcomeText(result porcupine.CheckResult) string {
	switch result {
	case porcupine.Ok:
		return "pass"
	case porcupine.Illegal:
		return "fail"
	default:
		return "unknown"
	}
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(usage.Utime) + seconds(usage.Stime)
}

func median(values []float64) float64 {
	sorted := append([]float64(nil), values...)
	sort.Float64s(sorted)
	if len(sorted) == 0 {
		return 0
	}
	return sorted[len(sorted)/2]
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
