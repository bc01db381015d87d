#ifndef _LINUX_IRQFLAGS_H
#define _LINUX_IRQFLAGS_H

void early_boot_irqs_on(void);
void early_boot_irqs_off(void);

void raw_local_irq_enable(void);
void raw_local_irq_disable(void);
unsigned long raw_local_irq_save(void);
void raw_local_irq_restore(unsigned long flags);

#define local_irq_enable() do { raw_local_irq_enable(); } while (0)
#define local_irq_disable() do { raw_local_irq_disable(); } while (0)
#define local_irq_save(flags) do { (flags) = raw_local_irq_save(); } while (0)
#define local_irq_restore(flags) do { raw_local_irq_restore(flags); } while (0)

#endif
