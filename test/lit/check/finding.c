// A finding as text: place, line, order, path, reason, confidence; then the ledger. What comes
// after the milestone, or cannot wait, is no finding.

// RUN: mkdir -p %t && cp %s %t/main.c && %compdb %t
// RUN: %exits 1 %bootorder check -p %t --rules %S/Inputs/rules.yaml > %t/out.txt
// RUN: FileCheck %s < %t/out.txt
// RUN: %exits 0 %bootorder check -p %t --rules %S/Inputs/rules.yaml --fail-on never > %t/never.txt
// RUN: diff -u %t/out.txt %t/never.txt
// RUN: %exits 1 %bootorder check -p %t --rules %S/Inputs/rules.yaml --max-path 2 | FileCheck %s --check-prefix=SHORT

#include <linux/gfp.h>

void *take(unsigned long size, gfp_t flags);
void enable_irqs(void) {}

static void early_setup(void)
{
	// CHECK: main.c:[[#LINE:@LINE+3]]:2: error: {{.*}} [bootorder-early-take]
	// CHECK-NEXT: [[#LINE]] | {{.*}}take(8, GFP_KERNEL);
	// CHECK-NEXT: | {{.*}}^~~~    ~~~~~~~~~~ GFP_KERNEL = 0xd0, contains __GFP_WAIT (0x10)
	take(8, GFP_KERNEL);
	take(8, GFP_ATOMIC);
}

static void late_setup(void) { take(8, GFP_KERNEL); }

void start_kernel(void)
{
	// CHECK-NEXT: runs in '{{take|early_setup}}' (main.c:{{[0-9]+}}); needs milestone irqs_on: {{.*}} (main.c:[[#@LINE+3]])
	// CHECK-NEXT: main.c:[[#@LINE+1]] start_kernel calls early_setup
	early_setup();
	enable_irqs();
	late_setup();
}

// CHECK-NEXT: main.c:[[#LINE]] early_setup calls take(8, GFP_KERNEL)
// CHECK-NEXT: why it breaks: the allocator waits for an interrupt (rule early-take, docs/checks/early-take.md)
// CHECK-NEXT: confidence: high
// CHECK-EMPTY:
// CHECK-NEXT: 1 finding in Linux 2.6.30
// CHECK-NEXT: units: 1 of 1 parsed, 0 with notes, 0 lost

// SHORT-NOT: left out
// SHORT: calls take
