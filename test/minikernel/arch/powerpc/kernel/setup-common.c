#include <linux/kernel.h>
#include <linux/string.h>

#include <asm/machdep.h>

struct machdep_calls ppc_md;
struct machdep_calls *machine_id;

/* The first entry of the table that recognises the machine is copied and stays. */
void __init probe_machine(void)
{
	for (machine_id = &__machine_desc_start; machine_id < &__machine_desc_end; machine_id++) {
		memcpy(&ppc_md, machine_id, sizeof(ppc_md));
		if (ppc_md.probe())
			return;
	}
	BUG();
}
