// A rule file of one's own adds to shipped rules, takes away from them, and suppresses what has been looked at.
// A rule may ask for values of an argument, end a window, wait for the entries of a table, or be on trial.

// RUN: rm -rf %t && split-file %s %t && %compdb %t
// RUN: %exits 1 %bootorder check -p %t --rules %t/base.yaml | FileCheck %t/main.c --check-prefix=BASE --implicit-check-not=error:
// RUN: %exits 0 %bootorder check -p %t --rules %t/base.yaml --rules %t/mine.yaml > %t/out.txt
// RUN: FileCheck %t/main.c --check-prefix=MINE --implicit-check-not="[bootorder-" < %t/out.txt

//--- main.c
#include <linux/init.h>

void take(int mode) {}
void grab(void) {}
void put(void) {}
void ready(void) {}
void over(void) {}

static int __init first(void)
{
	// MINE: main.c:[[#@LINE+1]]:2: warning: t [bootorder-early-grab]
	grab();
	return 0;
}
core_initcall(first);
static int __init second(void) { grab(); return 0; }
late_initcall(second);

void do_initcalls(void) {}

static void __init looked_at(void)
{
	take(2);
}

static void __init setup(void)
{
	// BASE: main.c:[[#@LINE+1]]:2: error: t [bootorder-early-take]
	take(2);
	take(1);
}

void start_kernel(void)
{
	setup();
	looked_at();
	put();
	ready();
	// MINE: main.c:[[#@LINE+1]]:2: warning: t [bootorder-late-put]
	put();
	over();
	put();
	do_initcalls();
}
// MINE: 2 suppressed by rules

//--- base.yaml
bootorder: 1
constants: {SYSTEM_NONE: {header: linux/kernel.h, optional: true}}
entry_points: [{function: start_kernel, order: 1, reason: r}]
milestones:
  ready: {returns: ready, means: m}
rules:
  early-take:
    title: t
    why: w
    fix: f
    since: "0.1.0"
    needs: {after: ready}
    source: [{file: f, version: v}]
    sinks: [{functions: [take], argument: {index: 0, is_any_of: [2, 3, SYSTEM_NONE]}}]
suppressions:
  - {rules: [early-take], functions: [looked_at], reason: it was looked at}
//--- mine.yaml
bootorder: 1
include: [base.yaml]
tables:
  initcall:
    section: '\.initcall(?P<level>[0-7])\.init'
    key: "{level}"
    pointer: true
    dispatchers: [{function: do_initcalls, keys: ["1", "3", "6", "7"]}]
milestones:
  over: {returns: over, means: m}
  arch_initcalls: {dispatched: initcall, key: "3", means: m}
rules:
  late-put:
    title: t
    why: w
    fix: f
    since: "0.1.0"
    severity: warning
    needs: {before: ready, until: over}
    source: [{file: f, version: v}]
    sinks: [{functions: [put]}]
  early-grab:
    title: t
    why: w
    fix: f
    since: "0.1.0"
    stage: trial
    needs: {after: arch_initcalls}
    source: [{file: f, version: v}]
    sinks: [{functions: [grab]}]
suppressions:
  - {rules: ["early-*"], functions: [setup], reason: so was this}
