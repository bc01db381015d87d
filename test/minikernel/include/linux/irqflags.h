#ifndef _LINUX_IRQFLAGS_H
#define _LINUX_IRQFLAGS_H

#include <asm/hw_irq.h>

void trace_hardirqs_on(void);
void trace_hardirqs_off(void);
void early_boot_irqs_on(void);
void early_boot_irqs_off(void);

#define local_irq_enable() do { trace_hardirqs_on(); raw_local_irq_enable(); } while (0)
#define local_irq_disable() do { raw_local_irq_disable(); trace_hardirqs_off(); } while (0)
#define local_irq_save(flags) do { (flags) = raw_local_irq_save(); } while (0)
#define local_irq_restore(flags) raw_local_irq_restore(flags)
#define irqs_disabled() raw_irqs_disabled()

#endif
