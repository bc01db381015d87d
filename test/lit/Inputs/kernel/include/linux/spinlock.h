#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <linux/irqflags.h>
#include <linux/types.h>

typedef struct {
	int locked;
} spinlock_t;

void _spin_lock(spinlock_t *lock);
void _spin_unlock(spinlock_t *lock);

static inline void spin_lock_irq(spinlock_t *lock)
{
	local_irq_disable();
	_spin_lock(lock);
}

static inline void spin_unlock_irq(spinlock_t *lock)
{
	_spin_unlock(lock);
	local_irq_enable();
}

/* guard(spinlock_irq)(&lock): the end of the scope calls class_spinlock_irq_destructor(). */
typedef struct {
	spinlock_t *lock;
} class_spinlock_irq_t;

static inline class_spinlock_irq_t class_spinlock_irq_constructor(spinlock_t *lock)
{
	class_spinlock_irq_t guard = { lock };

	spin_lock_irq(lock);
	return guard;
}

static inline void class_spinlock_irq_destructor(class_spinlock_irq_t *guard)
{
	spin_unlock_irq(guard->lock);
}

#define guard(name) \
	class_##name##_t scope_guard __cleanup(class_##name##_destructor) __maybe_unused = \
		class_##name##_constructor

#endif
