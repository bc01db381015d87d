/* What .config says, for the compiler. */
#define CONFIG_PPC 1
#define CONFIG_PPC32 1
#define CONFIG_SLAB 1
#define CONFIG_PPC_PMAC 1
#define CONFIG_WALNUT 1
