#ifndef _ASM_POWERPC_HW_IRQ_H
#define _ASM_POWERPC_HW_IRQ_H

#define MSR_EE (1UL << 15)

#ifdef __powerpc__
static inline unsigned long mfmsr(void)
{
	unsigned long msr;

	__asm__ __volatile__("mfmsr %0" : "=r"(msr));
	return msr;
}

static inline void mtmsr(unsigned long msr)
{
	__asm__ __volatile__("mtmsr %0" : : "r"(msr) : "memory");
}
#else
unsigned long mfmsr(void);
void mtmsr(unsigned long msr);
#endif

static inline void raw_local_irq_enable(void)
{
	mtmsr(mfmsr() | MSR_EE);
}

static inline void raw_local_irq_disable(void)
{
	mtmsr(mfmsr() & ~MSR_EE);
}

static inline unsigned long raw_local_irq_save(void)
{
	unsigned long flags = mfmsr();

	mtmsr(flags & ~MSR_EE);
	return flags;
}

static inline void raw_local_irq_restore(unsigned long flags)
{
	mtmsr(flags);
}

static inline int raw_irqs_disabled(void)
{
	return !(mfmsr() & MSR_EE);
}

#endif
