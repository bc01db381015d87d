// What keeps control away: from a function that does not run, and from a use that a rule would report.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t
// RUN: %bootorder explain far -p %t --rules %S/../check/Inputs/effects.yaml | FileCheck %s --check-prefix=FAR
// RUN: %bootorder explain board_init_irq -p %t --rules %S/../check/Inputs/effects.yaml --rule early-wait | FileCheck %s --check-prefix=RULE
// RUN: %exits 2 %bootorder explain twice -p %t --rules %S/../check/Inputs/effects.yaml 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: %bootorder explain kmem_alloc -p %t --rules %S/../check/Inputs/effects.yaml --without=guards | FileCheck %s --check-prefix=WITHOUT

#include <linux/gfp.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>

static int slab_up, debug_level = 1;

void *kmem_alloc(size_t size, gfp_t flags)
{
	if (flags & __GFP_WAIT)
		local_irq_enable();
	return NULL;
}

static bool is_up(void) { return slab_up != 0; }

static void far(void) { kmem_alloc(8, GFP_KERNEL); }

static void board_init_irq(void)
{
	if (is_up() && debug_level > 0)
		far();
	kmem_alloc(8, GFP_ATOMIC);
}

void start_kernel(void)
{
	board_init_irq();
	local_irq_enable();
	slab_up = 1;
}

// FAR: {{^}}far (main.c:
// FAR-NEXT: does not run
// FAR: stopped: a branch of 'board_init_irq' keeps control away
// FAR-NEXT: 'is_up()' is false (main.c:
// FAR-NEXT: is_up() is 0 (main.c:
// FAR-NEXT: slab_up is 0, its initial value
// FAR-NEXT: main.c:{{[0-9]+}} board_init_irq calls far

// RULE: rule early-wait, which needs milestone irqs_on
// RULE: harmless: 'kmem_alloc' in 'board_init_irq' (main.c:{{[0-9]+}}); its argument has none of the bits that the rule asks for
// RULE: guarded: 'kmem_alloc' in 'far' (main.c:{{[0-9]+}}); a branch of 'board_init_irq' keeps control away
// RULE-NEXT: 'is_up()' is false (main.c:
// RULE-NEXT: is_up() is 0 (main.c:
// RULE-NEXT: slab_up is 0, its initial value
// RULE-NEXT: board_init_irq calls far
// RULE-NEXT: far calls kmem_alloc(8, GFP_KERNEL)

// NONE: no function 'twice' belongs to this kernel; expected one of 'kmem_alloc',
// WITHOUT: 0 of 1 branch decided
