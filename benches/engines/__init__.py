"""The engines that are measured, each with the workloads translated into its own form."""
