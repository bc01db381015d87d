// One function as `dump facts` shows it: calls, fields, definitions, branches, macros.

// RUN: split-file %s %t && %compdb %t
// RUN: %bootorder dump facts -p %t setup.c | FileCheck %s

// CHECK: unit setup.c -> setup.o
// CHECK: function setup: s32 (u32) at setup.c:[[#]]:51-[[#]] in .init.text [static]
// CHECK: local flags.1: u32
// CHECK: e[[#OLD:]] {{.*}} define flags.1 = 208
// CHECK: if (p0) b[[#]] else b[[#]]
// CHECK: e[[#NEW:]] {{.*}} define flags.1 = 32
// CHECK: e[[#CALL:]] {{.*}} call kzalloc(8, join(e[[#OLD]], e[[#NEW]])) [macro wrap]
// CHECK-NEXT: if (!e[[#CALL]]) b[[#]] else b[[#]]
// CHECK: return -22
// CHECK: if (ready) b[[#]] else b[[#]]
// CHECK: take &pic_init
// CHECK-NEXT: write machine.init_irq = &pic_init [field machdep_calls.init_irq]
// CHECK: call (*machine.init_irq)() [field machdep_calls.init_irq]
// CHECK-NEXT: switch (p0) {{.*}}case 3..5: b[[#]],{{.*}} default: b[[#]]

// CHECK: object machine: machdep_calls at setup.c:[[#]]:29 in .machine.desc [static]
// CHECK-NEXT: .name = "mini"
// CHECK-NEXT: .init_irq = &pic_init
// CHECK-NEXT: asm at setup.c:[[#]]:1
// CHECK-NEXT: 2 data setup in .initcall6.init
// CHECK-NEXT: extern function kzalloc: void * (u64, u32)
// CHECK-NEXT: extern object ready

//--- setup.c
struct machdep_calls {
  const char *name;
  void (*init_irq)(void);
};

extern int ready;
void *kzalloc(unsigned long size, unsigned int flags);
#define wrap(size, flags) kzalloc(size, flags)

static void pic_init(void) {}

static struct machdep_calls machine
    __attribute__((section(".machine.desc"))) = {.name = "mini",
                                                 .init_irq = pic_init};

__attribute__((section(".init.text"))) static int setup(unsigned int mode) {
  unsigned int flags = 0xd0;
  if (mode)
    flags = 0x20;
  if (!wrap(8, flags))
    return -22;
  if (ready)
    machine.init_irq = pic_init;
  machine.init_irq();
  switch (mode) {
  case 1:
    return 1;
  case 3 ... 5:
    return 3;
  default:
    return 0;
  }
}

asm(".section .initcall6.init\n.long setup - .\n.previous\n");
