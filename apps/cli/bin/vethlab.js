#!/usr/bin/env node
import '../bundle/vethlab.js';
