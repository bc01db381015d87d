int main_of_kernel;
