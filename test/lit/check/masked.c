// The shape of June 2009: a machine's interrupt set-up, called through an ops table, allocates with
// GFP_KERNEL once the allocator is up, and the allocator enables interrupts if it may wait. A mask in
// memory that hides the flag makes it masked; a guard that still holds, or a flag without the bit, makes
// it nothing. A guard that opens before interrupts are on makes it latent.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t
// RUN: %exits 1 %bootorder check -p %t --rules %S/Inputs/effects.yaml > %t/out.txt
// RUN: FileCheck %s --implicit-check-not=error: < %t/out.txt
// RUN: %compdb %t -DMASK=__GFP_HIGH
// RUN: %exits 0 %bootorder check -p %t --rules %S/Inputs/effects.yaml | FileCheck %s --check-prefix=MASKED --implicit-check-not=error:
// RUN: %exits 0 %bootorder check -p %t --rules %S/Inputs/effects.yaml --explain-masked | FileCheck %s --check-prefix=ASKED --implicit-check-not=error:
// RUN: %compdb %t -DSLAB_COMES_LATER
// RUN: %exits 0 %bootorder check -p %t --rules %S/Inputs/effects.yaml | FileCheck %s --check-prefix=LATER --implicit-check-not=error:
// RUN: %compdb %t -DSLAB_COMES_LATER -DSLAB_COMES_BETWEEN
// RUN: %exits 0 %bootorder check -p %t --rules %S/Inputs/effects.yaml | FileCheck %s --check-prefix=BETWEEN --implicit-check-not=note:
// RUN: %exits 0 %bootorder check -p %t --rules %S/Inputs/effects.yaml --explain-latent --format text --format json=%t/report.json | FileCheck %s --check-prefix=LATENT
// RUN: FileCheck %s --check-prefix=JSON < %t/report.json

#include <linux/gfp.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>

#ifndef MASK
#define MASK (~(gfp_t)0)
#endif

static gfp_t allowed_mask = MASK;
static int slab_up;
static char boot_memory[64];

void *kmem_alloc(size_t size, gfp_t flags)
{
	flags &= allowed_mask;
	if (flags & __GFP_WAIT)
		local_irq_enable();
	return NULL;
}

static void *alloc_maybe_boot(size_t size, gfp_t flags)
{
	if (!slab_up)
		return boot_memory;
	// CHECK: main.c:[[#LINE:@LINE+3]]:9: error: {{.*}} [bootorder-early-wait]
	// CHECK-NEXT: [[#LINE]] | {{.*}}kmem_alloc(size, flags);
	// CHECK-NEXT: ^~~~~~~~~~ GFP_KERNEL = 0xd0, contains __GFP_WAIT (0x10)
	return kmem_alloc(size, flags);
}

struct machine { void (*init_irq)(void); };

static void board_init_irq(void)
{
	alloc_maybe_boot(8, GFP_ATOMIC);
	alloc_maybe_boot(8, GFP_KERNEL);
}

static struct machine board = { board_init_irq };
static struct machine *machine = &board;

static void slab_init(void) { slab_up = 1; }
static void init_irq(void) { machine->init_irq(); }

void start_kernel(void)
{
#ifndef SLAB_COMES_LATER
	slab_init();
#endif
	// CHECK-NEXT: needs milestone irqs_on: interrupts are enabled (main.c:[[#@LINE+6]])
	// CHECK-NEXT: main.c:[[#@LINE+1]] start_kernel calls init_irq
	init_irq();
#ifdef SLAB_COMES_BETWEEN
	slab_init();
#endif
	local_irq_enable();
	slab_init();
}

// CHECK-NEXT: init_irq calls machine.init_irq
// CHECK-NEXT: = board_init_irq, from board (main.c:
// CHECK-NEXT: board_init_irq calls alloc_maybe_boot(8, GFP_KERNEL)
// CHECK-NEXT: main.c:[[#LINE]] alloc_maybe_boot calls kmem_alloc{{$}}
// CHECK-NEXT: what makes it matter: interrupts are enabled (enables_irqs)
// CHECK-NEXT: kmem_alloc calls local_irq_enable
// CHECK-NEXT: guard: '!slab_up' in 'alloc_maybe_boot' (main.c:[[#LINE-5]]) is not known here, so both ways are taken
// CHECK-NEXT: why it breaks: the allocator enables interrupts when it may wait (rule early-wait
// CHECK-NEXT: confidence: high (one ops edge)
// CHECK-EMPTY:
// CHECK-NEXT: 1 finding in Linux 2.6.30

// ASKED: note: {{.*}}[bootorder-
// ASKED: masked: a mask in memory takes the flag away
// ASKED: no findings
// MASKED: no findings in Linux 2.6.30{{.*}}; 1 masked by the kernel (--explain-masked)
// LATER: no findings in Linux 2.6.30
// LATER-NOT: {{masked|latent}}

// Between the two, no call before 'irqs_on' does harm, but it would if it came second.
// BETWEEN: no findings in Linux 2.6.30{{.*}}; 1 latent (--explain-latent)
// LATENT: main.c:[[#]]:9: note: {{.*}} [bootorder-early-wait]
// LATENT: guard: '!slab_up' in 'alloc_maybe_boot' (main.c:{{[0-9]+}}) is true here: slab_up is 0, its initial value
// LATENT: latent: harmless only because of what has run by then; with what memory holds just before milestone irqs_on it would be wrong
// JSON: "latent": 1,
// JSON: "findings": [],
// JSON: "latent": [
// JSON: "class": "latent"
