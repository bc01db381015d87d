ENTRY(_start)

SECTIONS
{
	. = 0xc0000000;
	.text : { *(.head.text) *(.text) *(.text.*) *(.init.text) }
	.rodata : { *(.rodata) *(.rodata.*) }
	.data : { *(.data) *(.data.*) *(.sdata*) *(.init.data) }
	.init.setup : {
		__setup_start = .;
		KEEP(*(.init.setup))
		__setup_end = .;
	}
	.initcall.init : {
		__initcall_start = .;
		KEEP(*(.initcall1.init)) KEEP(*(.initcall3.init))
		KEEP(*(.initcall6.init)) KEEP(*(.initcall7.init))
		__initcall_end = .;
	}
	.con_initcall.init : {
		__con_initcall_start = .;
		KEEP(*(.con_initcall.init))
		__con_initcall_end = .;
	}
	.machine.desc : {
		__machine_desc_start = .;
		KEEP(*(.machine.desc))
		__machine_desc_end = .;
	}
	.bss : { *(.bss) *(.bss.*) *(.sbss*) }
	_end = .;
	/DISCARD/ : { *(.comment) *(.note*) *(.eh_frame) *(.llvm_addrsig) }
}
