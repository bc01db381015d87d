#ifndef _ASM_POWERPC_MACHDEP_H
#define _ASM_POWERPC_MACHDEP_H

#include <linux/init.h>

/* What differs between machines. The one that runs is copied into ppc_md. */
struct machdep_calls {
	const char *name;
	int (*probe)(void);
	void (*setup_arch)(void);
	void (*init_IRQ)(void);
	unsigned int (*get_irq)(void);
	void (*calibrate_decr)(void);
	void (*restart)(char *command);
};

extern struct machdep_calls ppc_md;
extern struct machdep_calls *machine_id;
extern struct machdep_calls __machine_desc_start, __machine_desc_end;

#define __machine_desc __used __section(".machine.desc")
#define define_machine(name) struct machdep_calls mach_##name __machine_desc =

void probe_machine(void);

#endif
