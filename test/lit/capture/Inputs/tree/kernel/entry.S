	.globl entry
