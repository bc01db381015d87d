int mod;
