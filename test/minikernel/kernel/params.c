#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/string.h>

static char boot_command_line[256] __initdata;

/* A word of the command line against one option. */
static int __init matches(const struct obs_kernel_param *param, const char *word)
{
	return strncmp(word, param->str, strlen(param->str)) == 0;
}

static void __init run_params(char *word, int early)
{
	const struct obs_kernel_param *param;

	for (param = __setup_start; param < __setup_end; param++) {
		if (param->early != early || !matches(param, word))
			continue;
		if (param->setup_func(word + strlen(param->str)))
			printk("Malformed option\n");
	}
}

void __init parse_early_param(void)
{
	static int done __initdata;

	if (done)
		return;
	run_params(boot_command_line, 1);
	done = 1;
}

void __init parse_options(char *command_line)
{
	run_params(command_line, 0);
}
