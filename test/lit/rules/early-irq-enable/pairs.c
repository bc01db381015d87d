// early-irq-enable: pairs that save the interrupt flag and put it back are no findings, whatever the flag was, nor are
// guards that do so; what turns interrupts on at the end of a pair is one, at the end of a scope too, however control
// leaves it.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t
// RUN: %findings early-irq-enable %t | FileCheck %s --implicit-check-not="[bootorder-"

#include <linux/spinlock.h>

int unseen(void);
static spinlock_t lock, other;

// As architectures have it: the flag may be on, so this may enable interrupts.
static inline void arch_local_irq_restore(unsigned long flags)
{
	if (flags & 0x200)
		raw_local_irq_enable();
}

static inline unsigned long spin_lock_irqsave(spinlock_t *lock)
{
	unsigned long flags = raw_local_irq_save();

	_spin_lock(lock);
	return flags;
}

static inline void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
{
	_spin_unlock(lock);
	arch_local_irq_restore(flags);
}

typedef struct {
	spinlock_t *lock;
	unsigned long flags;
} class_spinlock_irqsave_t;

static inline class_spinlock_irqsave_t class_spinlock_irqsave_constructor(spinlock_t *lock)
{
	class_spinlock_irqsave_t guard = { lock, spin_lock_irqsave(lock) };

	return guard;
}

static inline void class_spinlock_irqsave_destructor(class_spinlock_irqsave_t *guard)
{
	spin_unlock_irqrestore(guard->lock, guard->flags);
}

static void saved(void)
{
	unsigned long flags = spin_lock_irqsave(&lock);

	if (unseen()) {
		spin_unlock_irqrestore(&lock, flags);
		return;
	}
	arch_local_irq_restore(flags);
	local_irq_save(flags);
	local_irq_restore(flags);
}

static int guarded(void)
{
	guard(spinlock_irqsave)(&lock);
	if (unseen())
		return 1;
	return 0;
}

static void plain(void)
{
	spin_lock_irq(&lock);
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: error: interrupts enabled before start_kernel does [bootorder-early-irq-enable]
	spin_unlock_irq(&lock);
}

static int left_early(void)
{
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: error: interrupts enabled before start_kernel does [bootorder-early-irq-enable]
	guard(spinlock_irq)(&lock);
	if (unseen())
		return 1;
	return 0;
}

static void only_early(void)
{
	if (unseen()) {
		// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: error: interrupts enabled before start_kernel does [bootorder-early-irq-enable]
		guard(spinlock_irq)(&other);
		return;
	}
	raw_local_irq_disable();
}

static void inner(void)
{
	unsigned long flags;

	// What is inside a pair that restores still enables.
	local_irq_save(flags);
	spin_lock_irq(&other);
	// CHECK: main.c:[[#@LINE+1]]:{{[0-9]+}}: error: interrupts enabled before start_kernel does [bootorder-early-irq-enable]
	spin_unlock_irq(&other);
	local_irq_restore(flags);
}

void start_kernel(void)
{
	saved();
	guarded();
	plain();
	left_early();
	only_early();
	inner();
	local_irq_enable();
}
